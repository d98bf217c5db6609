import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message of Alertmanager's to a webhook, as far as it is looked at. */
export interface Message {
  /** Path that it was sent to. */
  path: string;
  /** Milliseconds since 1970. */
  at: number;
  alerts: { status: string; labels: Record<string, string> }[];
}

/** A server on loopback that writes down what Alertmanager tells people and outside addresses. */
export class WebhookReceiver {
  readonly messages: Message[] = [];
  private readonly server = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => (body += data.toString()));
    request.on('end', () => {
      const { alerts } = JSON.parse(body) as Pick<Message, 'alerts'>;
      this.messages.push({ path: request.url ?? '', at: Date.now(), alerts });
      response.end();
    });
  });

  /** @returns its address, without a path */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** Messages to a path that tell of an alert of a name. */
  about(alertname: string, path = '/alerts'): Message[] {
    return this.messages.filter(
      (message) =>
        message.path === path && message.alerts.some(({ labels }) => labels['alertname'] === alertname),
    );
  }
}
