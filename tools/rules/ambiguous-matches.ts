import type { Expression, Shape } from './expression';

const sets = ['And', 'Or', 'Unless'];

/**
 * Operations between vectors of which a side that must have one series for each match may have two. The whole
 * query is then answered with an error ("found duplicate series"): for five minutes after each rollout, while
 * the series of the pod that went is still there beside that of its successor; in a graph as long as those
 * minutes are in it. Only an aggregation by labels that are matched on makes them one.
 */
export const ambiguousMatches = (expression: Expression): string[] =>
  expression.all('BinaryExpr').flatMap((node) => {
    const { left, right, operator, matching } = expression.binary(node);
    const { on, group } = matching;
    const sides = [expression.shape(left), expression.shape(right)] as const;
    if (on === undefined || sets.includes(operator) || sides.includes('scalar')) return [];
    const one = (shape: Shape) =>
      shape === 'scalar' || (shape.only !== undefined && [...shape.only].every((name) => on.includes(name)));
    const [ofLeft, ofRight] = sides;
    const wrong = [
      ...(group === 'left' || one(ofLeft) ? [] : [left]),
      ...(group === 'right' || one(ofRight) ? [] : [right]),
    ];
    return wrong.map(
      (side) =>
        `${expression.text(side)} may have two series for the same (${on.join(', ')}), as after a rollout: aggregate it by these`,
    );
  });
