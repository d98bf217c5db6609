import { asWanted, heading, row, type AlertFault } from '../../../proof/alerts/fault';

const fault: AlertFault = {
  name: 'edge-silent',
  title: 'agents stopped',
  alert: { alertname: 'EdgeSilent' },
  within: 60,
  resolvedWithin: 30,
  make: () => Promise.resolve(() => Promise.resolve()),
};
const told = {
  made: 0,
  undone: 100_000,
  fired: 60_000,
  resolved: 130_000,
  messages: 1,
  endings: 1,
  beside: [],
};

describe('a fault is told as wanted', () => {
  it.each([
    ['in time, once, and its end', told, true],
    ['not: twice', { ...told, messages: 2 }, false],
    ['not: its end twice', { ...told, endings: 2 }, false],
    ['not: never', { ...told, fired: undefined, messages: 0 }, false],
    ['not: late', { ...told, fired: 60_001 }, false],
    ['not: its end is never told', { ...told, resolved: undefined }, false],
    ['not: its end is told late', { ...told, resolved: 130_001 }, false],
  ])('%s', (_, found, wanted) => {
    expect(asWanted(fault, found)).toBe(wanted);
  });
});

it('is a line of the table, as wide as its heading', () => {
  const line = row(fault, told);
  expect(line.length).toBe(heading.length);
  expect(line).toMatch(/^agents stopped +EdgeSilent +60 s +1 +30 s$/);
  expect(row(fault, { ...told, fired: undefined, resolved: undefined })).toMatch(/never +1 +never$/);
});
