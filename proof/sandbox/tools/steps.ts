import { pluginMustBeBuilt, plugins, pluginsThere, providePlugin } from '../plugins';
import type { Steps } from '../progress';
import { kubernetesPlugin, lockedTools, ruleTools, tools } from './catalog';
import { lockFile, readLock } from './lock';
import { readMode } from './mode';
import { refreshed, writeLock } from './refresh';
import { allThere, present, type Supply, supplySteps, thisPlatform } from './supply';

const names = lockedTools.map(({ name }) => name);

/** @throws Error for a faulty lock file, an unknown SANDBOX_TOOLS */
const supply = (): Supply => ({
  mode: readMode(),
  lock: readLock(lockFile(), names),
  platform: thisPlatform,
});

/** Steps that provide every tool and every provider plugin. */
export const toolSteps = (): Steps => [
  ...supplySteps(tools, supply(), async () => ((await pluginMustBeBuilt()) ? [kubernetesPlugin] : [])),
  plugins.map((plugin) => ({
    title: `provider plugin ${plugin}`,
    run: (say) => providePlugin(plugin, say),
  })),
];

/** Whether nothing would have to be downloaded or built. */
export const allProvided = async (): Promise<boolean> => pluginsThere() && (await allThere(tools, supply()));

/** Steps that provide what `npm run rules` needs, which the sandbox's PATH does not. */
export const ruleToolSteps = (): Steps => supplySteps(ruleTools, supply(), undefined, () => undefined);

/** The programs of `npm run rules`, by name; undefined when one would have to be downloaded or built. */
export const ruleToolsThere = () => present(ruleTools, supply());

/** Step that takes the sums of the lock file anew from upstream. */
export const lockSteps = (): Steps => [
  {
    title: 'lock file',
    run: async () => {
      const { lock, changes } = await refreshed(readLock(lockFile(), names));
      if (changes.length > 0) writeLock(lockFile(), lock);
      return changes.length === 0 ? 'nothing changed' : ['', ...changes].join('\n  ');
    },
  },
];
