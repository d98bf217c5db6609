import { imageVersion } from '../../../components/thanos/metadata';

describe('version of an image', () => {
  it.each([
    ['quay.io/thanos/thanos:v0.42.4', 'v0.42.4'],
    ['registry.example.org:5000/thanos:v0.42.4', 'v0.42.4'],
    ['quay.io/thanos/thanos:v0.42.4@sha256:0123456789abcdef', 'v0.42.4'],
    ['registry.example.org:5000/thanos', 'unknown'],
  ])('of %s is %s', (image, version) => {
    expect(imageVersion(image)).toBe(version);
  });
});
