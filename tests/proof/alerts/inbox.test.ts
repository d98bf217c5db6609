import { Inbox } from '../../../proof/alerts/inbox';

const post = ({ host, port }: Inbox, content: string) =>
  fetch(`http://${host}:${port}/`, { method: 'POST', body: content });

const alert = { status: 'firing', labels: { alertname: 'Watchdog' }, startsAt: '2026-01-01T00:00:00Z' };
const sent = { version: '4', receiver: 'person', status: 'firing', alerts: [alert] };

describe('the inbox', () => {
  let inbox: Inbox;
  beforeEach(async () => {
    inbox = await Inbox.open('127.0.0.1');
  });
  afterEach(() => inbox.close());

  it('writes down a notification with its time', async () => {
    const before = Date.now();
    expect((await post(inbox, JSON.stringify(sent))).status).toBe(200);
    const [message, ...more] = inbox.since(before);
    expect(more).toEqual([]);
    expect(message).toMatchObject({ receiver: 'person', alerts: [{ labels: { alertname: 'Watchdog' } }] });
    expect(message?.at).toBeGreaterThanOrEqual(before);
    expect(inbox.since(Date.now() + 1)).toEqual([]);
  });

  it.each([
    ['no JSON', 'no JSON'],
    ['no notification', '{}'],
    ['too long', ' '.repeat(5_000_000)],
  ])('refuses what is %s, and goes on', async (_, content) => {
    expect((await post(inbox, content)).status).toBe(400);
    expect((await post(inbox, JSON.stringify(sent))).status).toBe(200);
    expect(inbox.since(0)).toHaveLength(1);
  });
});
