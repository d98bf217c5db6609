import { Listr, ListrTaskEventType, ListrTaskState, PRESET_TIMER } from 'listr2';
import type { ListrTask, ListrTaskObject, ListrTaskWrapper } from 'listr2';
import { stopIfInterrupted } from './run';

/** A step of the sandbox. What `run` returns is added to its line; what it says meanwhile stands below it. */
export interface Step {
  title: string;
  run: (say: (doing: string) => void) => Promise<string>;
}

/** Steps one after another; those of an inner list at the same time. */
export type Steps = readonly (Step | readonly Step[])[];

/** One line per step when it ends, with the time it took: for logs, where the live list would be noise. */
class Lines {
  static nonTTY = true;
  static rendererOptions: Record<PropertyKey, never> = {};
  static rendererTaskOptions: Record<PropertyKey, never> = {};
  private readonly tasks: ListrTaskObject<unknown>[];

  constructor(tasks: ListrTaskObject<unknown>[]) {
    this.tasks = tasks;
  }

  render(): void {
    for (const task of this.tasks) this.follow(task);
  }

  end(): void {
    // Every line is written when its step ends.
  }

  private follow(task: ListrTaskObject<unknown>): void {
    let began = Date.now();
    task.on(ListrTaskEventType.SUBTASK, (subtasks) => {
      for (const subtask of subtasks) this.follow(subtask as ListrTaskObject<unknown>);
    });
    task.on(ListrTaskEventType.OUTPUT, (doing) => {
      this.line(began, '…', doing);
    });
    task.on(ListrTaskEventType.STATE, (state) => {
      if (state === ListrTaskState.STARTED) began = Date.now();
      if (!task.hasTitle()) return;
      if (state === ListrTaskState.COMPLETED) this.line(began, '✔', task.title);
      if (state === ListrTaskState.FAILED) this.line(began, '✖', task.title);
    });
  }

  private line(began: number, mark: string, title: unknown): void {
    const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(7);
    process.stdout.write(`${seconds} s  ${mark} ${String(title)}\n`);
  }
}

/** At Ctrl-C listr2 would leave at once, and pulumi behind; `run.ts` ends both. */
const own = { registerSignalListeners: false };

/** Runs the steps; the first that fails ends them. */
export async function runSteps(steps: Steps): Promise<void> {
  const tasks = steps.map((step): ListrTask => {
    if ('run' in step) return task(step);
    return { task: (_, wrapper) => wrapper.newListr(step.map(task), { concurrent: true }) };
  });
  const list = process.stdout.isTTY
    ? new Listr(tasks, { ...own, rendererOptions: { timer: PRESET_TIMER, collapseErrors: false } })
    : new Listr(tasks, { ...own, renderer: Lines });
  await list.run();
}

const task = (step: Step): ListrTask => ({
  title: step.title,
  task: async (_, wrapper: Pick<ListrTaskWrapper<unknown, never, never>, 'title' | 'output'>) => {
    stopIfInterrupted();
    const result = await step.run((doing) => {
      wrapper.output = doing;
    });
    wrapper.title = `${step.title}: ${result}`;
  },
});
