import { apiServerPort } from '../../config/cluster';

describe('the port of the API server', () => {
  it.each([
    ['https://192.0.2.1:6443', 6443],
    ['https://192.0.2.1', 443],
    ['https://192.0.2.1:443', 443],
    ['https://api.example.org/k8s', 443],
  ])('of %s is %i', (server, port) => {
    expect(apiServerPort({ server })).toBe(port);
  });
});
