import { version } from '@pulumi/random/package.json';
import { serve } from '../provider';
import { password } from './password';

serve({
  name: 'random',
  version,
  configure: () => ({ 'random:index/randomPassword:RandomPassword': password }),
});
