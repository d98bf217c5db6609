import { RandomPassword } from '@pulumi/random';
import { run } from '../../../tools/render/run';

const program = () => {
  new RandomPassword('password', { length: 20 }).result.apply(() => {
    throw new Error('thrown in an apply');
  });
};

run({ project: 'monitoring', stack: 'test', program }).then(
  () => {
    console.log('resolved');
  },
  (error: unknown) => {
    console.log(`rejected: ${(error as Error).message}`);
  },
);
