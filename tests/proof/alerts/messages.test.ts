import { heard, named, type Message } from '../../../proof/alerts/messages';

type Status = 'firing' | 'resolved';

const message = (at: number, ...alerts: [Status, Record<string, string>][]): Message => ({
  at,
  receiver: 'person',
  status: alerts.some(([status]) => status === 'firing') ? 'firing' : 'resolved',
  alerts: alerts.map(([status, labels]) => ({ status, labels })),
});

const silent = { alertname: 'EdgeSilent', cluster: 'a' };
const other = { alertname: 'EdgeSilent', cluster: 'b' };

describe('what messages say of an alert', () => {
  it('is when it fired, how often that was said, and when it was over', () => {
    const messages = [
      message(1, ['firing', other]),
      message(2, ['firing', { ...silent, severity: 'critical' }]),
      message(3, ['firing', silent], ['firing', other]),
      message(4, ['resolved', other]),
      message(5, ['resolved', silent]),
    ];
    expect(heard(messages, silent)).toEqual({ fired: 2, resolved: 5, messages: 2, endings: 1 });
  });

  it('is nothing where only others fired', () => {
    expect(heard([message(1, ['firing', other])], silent)).toEqual({
      fired: undefined,
      resolved: undefined,
      messages: 0,
      endings: 0,
    });
  });

  it('counts an end that is told by both Alertmanagers twice', () => {
    const messages = [
      message(1, ['firing', silent]),
      message(2, ['resolved', silent]),
      message(3, ['resolved', silent]),
    ];
    expect(heard(messages, silent)).toEqual({ fired: 1, resolved: 2, messages: 1, endings: 2 });
  });

  it('knows no end before the beginning', () => {
    const messages = [message(1, ['resolved', silent]), message(2, ['firing', silent])];
    expect(heard(messages, silent)).toEqual({
      fired: 2,
      resolved: undefined,
      messages: 1,
      endings: 0,
    });
  });
});

it('names each alert that fires once, with its cluster', () => {
  const messages = [
    message(1, ['firing', other], ['firing', silent]),
    message(2, ['firing', other], ['resolved', { alertname: 'Gone' }]),
    message(3, ['firing', { alertname: 'Centre' }]),
  ];
  expect(named(messages)).toEqual(['Centre (no cluster)', 'EdgeSilent (a)', 'EdgeSilent (b)']);
});
