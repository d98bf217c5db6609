import { parser } from '@prometheus-io/lezer-promql';

export type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** The labels that the result of an expression has, as far as its text tells. */
export interface Labels {
  /** The only ones that it may have; absent: any. */
  only?: ReadonlySet<string>;
  /** Those that it certainly lacks, where it may have any. */
  without: ReadonlySet<string>;
  /** Those whose value its text fixes by `=`. */
  known: ReadonlyMap<string, string>;
}

/** A number, a text, or a vector with labels. */
export type Shape = 'scalar' | Labels;

const nothing: ReadonlySet<string> = new Set();

const any = (known: ReadonlyMap<string, string> = new Map()): Labels => ({ without: nothing, known });

/** Whether a label may be there. */
export const has = ({ only, without }: Labels, label: string): boolean =>
  only === undefined ? !without.has(label) : only.has(label);

const restricted = (labels: Labels, to: readonly string[]): Labels => {
  const kept = to.filter((label) => has(labels, label));
  return { only: new Set(kept), without: nothing, known: pick(labels.known, (name) => kept.includes(name)) };
};

const lacking = (labels: Labels, names: readonly string[]): Labels => ({
  ...(labels.only && { only: new Set([...labels.only].filter((name) => !names.includes(name))) }),
  without: new Set([...labels.without, ...names]),
  known: pick(labels.known, (name) => !names.includes(name)),
});

const pick = (map: ReadonlyMap<string, string>, wanted: (name: string) => boolean) =>
  new Map([...map].filter(([name]) => wanted(name)));

/** An expression that parses, with what its lints need to ask of it. */
export class Expression {
  readonly top: SyntaxNode;

  /** @throws Error when it does not parse */
  constructor(readonly source: string) {
    const tree = parser.parse(source);
    const faults: string[] = [];
    tree.iterate({
      enter: ({ type, from, to }) => {
        if (type.isError) faults.push(source.slice(from, to));
      },
    });
    const [top] = children(tree.topNode);
    if (faults.length > 0 || !top) throw new Error(`does not parse: ${source}`);
    this.top = top;
  }

  text(node: SyntaxNode): string {
    return this.source.slice(node.from, node.to);
  }

  /** Every node of the given kinds. */
  all(...kinds: string[]): SyntaxNode[] {
    const found: SyntaxNode[] = [];
    this.top.cursor().iterate(({ node }) => {
      if (kinds.includes(node.name)) found.push(node);
    });
    return found;
  }

  /** The labels of a node's result. */
  shape(node: SyntaxNode): Shape {
    switch (node.name) {
      case 'NumberDurationLiteral':
      case 'StringLiteral':
        return 'scalar';
      case 'VectorSelector':
        return any(this.equalities(node));
      case 'AggregateExpr':
        return this.aggregated(node);
      case 'FunctionCall':
        return this.called(node);
      case 'BinaryExpr':
        return this.combined(node);
      case 'UnaryExpr': {
        // The sign comes first.
        const inner = children(node).at(-1);
        return inner ? this.shape(inner) : 'scalar';
      }
      default: {
        // Parentheses, ranges, offsets.
        const [inner] = children(node);
        return inner ? this.shape(inner) : 'scalar';
      }
    }
  }

  /** What the `=` matchers of a selector say. */
  private equalities(selector: SyntaxNode): Map<string, string> {
    const matchers = selector.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
    return new Map(
      matchers.flatMap((matcher) => {
        const [label, operator, value] = children(matcher);
        return label && value && operator?.firstChild?.name === 'EqlSingle'
          ? [[this.text(label), this.text(value).slice(1, -1)] as const]
          : [];
      }),
    );
  }

  /** Whether an aggregation takes a label away, whatever its operand has. */
  drops(aggregation: SyntaxNode, label: string): boolean {
    const modifier = aggregation.getChild('AggregateModifier');
    const named = this.grouping(modifier).includes(label);
    return !this.selects(aggregation) && (modifier?.getChild('Without') ? named : !named);
  }

  /** Whether an aggregation takes whole series out of its operand. */
  private selects(aggregation: SyntaxNode): boolean {
    const operator = aggregation.getChild('AggregateOp')?.firstChild?.name ?? '';
    return ['Topk', 'Bottomk', 'LimitK'].includes(operator);
  }

  private aggregated(node: SyntaxNode): Shape {
    const body = children(node.getChild('FunctionCallBody'));
    const last = body.at(-1);
    const inner = last ? this.shape(last) : 'scalar';
    if (inner === 'scalar') return inner;
    if (this.selects(node)) return inner;
    const modifier = node.getChild('AggregateModifier');
    const names = this.grouping(modifier);
    return modifier?.getChild('Without') ? lacking(inner, names) : restricted(inner, names);
  }

  private called(node: SyntaxNode): Shape {
    const name = node.getChild('FunctionIdentifier');
    const args = children(node.getChild('FunctionCallBody'));
    const shapes = args.map((arg) => this.shape(arg));
    const vector = shapes.find((shape) => shape !== 'scalar');
    switch (name ? this.text(name) : '') {
      case 'scalar':
      case 'time':
        return 'scalar';
      case 'vector':
        return { only: nothing, without: nothing, known: new Map() };
      case 'absent':
      case 'absent_over_time': {
        // Of a selector it has what `=` says; of anything else nothing.
        const plain = args[0] && ['VectorSelector', 'MatrixSelector'].includes(args[0].name);
        const known = plain && vector ? vector.known : new Map<string, string>();
        return { only: new Set(known.keys()), without: nothing, known };
      }
      case 'histogram_quantile':
        return vector ? lacking(vector, ['le']) : 'scalar';
      case 'label_replace': {
        const made = args[1] ? this.text(args[1]).slice(1, -1) : '';
        if (!vector) return 'scalar';
        return {
          ...vector,
          ...(vector.only && { only: new Set([...vector.only, made]) }),
          without: new Set([...vector.without].filter((label) => label !== made)),
          known: pick(vector.known, (label) => label !== made),
        };
      }
      default:
        return vector ?? 'scalar';
    }
  }

  private combined(node: SyntaxNode): Shape {
    const { left, right, operator, matching } = this.binary(node);
    const [a, b] = [this.shape(left), this.shape(right)];
    if (a === 'scalar' || b === 'scalar') return a === 'scalar' ? b : a;
    if (operator === 'And' || operator === 'Unless') return a;
    if (operator === 'Or') {
      const names = a.only ?? b.only;
      const both =
        names === undefined
          ? a
          : restricted(
              a,
              [...names].filter((name) => has(a, name) && has(b, name)),
            );
      return { ...both, known: pick(both.known, (name) => b.known.get(name) === both.known.get(name)) };
    }
    const many = matching.group === 'right' ? b : a;
    if (matching.group !== undefined) {
      return { ...many, ...(many.only && { only: new Set([...many.only, ...matching.include]) }) };
    }
    if (matching.on) return restricted(a, matching.on);
    return lacking(a, matching.ignoring);
  }

  /** The parts of an operation between two expressions. */
  binary(node: SyntaxNode) {
    const parts = children(node);
    const clause = node.getChild('MatchingModifierClause');
    const operands = parts.filter(
      ({ name }) => !['MatchingModifierClause', 'BoolModifier'].includes(name),
    ) as [SyntaxNode, SyntaxNode, SyntaxNode];
    const [left, operator, right] = operands;
    const lists = (clause?.getChildren('GroupingLabels') ?? []).map((list) =>
      list.getChildren('LabelName').map((name) => this.text(name)),
    );
    const group = clause?.getChild('GroupLeft')
      ? 'left'
      : clause?.getChild('GroupRight')
        ? 'right'
        : undefined;
    return {
      left,
      right,
      operator: operator.name,
      bool: node.getChild('BoolModifier') !== null,
      matching: {
        on: clause?.getChild('On') ? (lists[0] ?? []) : undefined,
        ignoring: clause?.getChild('Ignoring') ? (lists[0] ?? []) : [],
        group,
        include: lists[1] ?? [],
      },
    } as const;
  }

  private grouping(modifier: SyntaxNode | null): string[] {
    const list = modifier?.getChild('GroupingLabels');
    return list ? list.getChildren('LabelName').map((name) => this.text(name)) : [];
  }
}

/** A node's children, in order, without comments. */
export function children(node: SyntaxNode | null): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling)
    if (child.name !== 'LineComment') found.push(child);
  return found;
}
