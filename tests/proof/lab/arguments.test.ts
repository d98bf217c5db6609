import { onThisMachine } from '../../../proof/lab/arguments';

describe('arguments of the stack on this machine', () => {
  it('keep what is no address of a pod, and have ours for the rest', () => {
    const args = ['store', '--data-dir=/var/x', '--http.config=/etc/x', '--wait', '--chunk-pool-size=1MB'];
    const own = { '--data-dir': '/here', '--http.config': undefined, '--wait': undefined };
    expect(onThisMachine(args, own, ['--http-address=127.0.0.1:1'])).toEqual([
      'store',
      '--chunk-pool-size=1MB',
      '--data-dir=/here',
      '--http-address=127.0.0.1:1',
    ]);
  });

  it('are refused where the stack has no such flag any more', () => {
    expect(() => onThisMachine(['store', '--data=/x'], { '--data-dir': '/here' })).toThrow(
      'store has no --data-dir',
    );
  });
});
