import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './processes';

/**
 * State of the network between sender and receiver: `open`; `slow` (each piece of an answer comes late);
 * `hang` (nothing answers, as behind a firewall that drops packets); `refused` (nobody listens).
 */
export type GateState = 'open' | 'slow' | 'hang' | 'refused';

/** Milliseconds that an answer is late in the state `slow`. */
const delayMilliseconds = 2000;

/** TCP proxy on loopback that an experiment can break; it also counts what the sender really sends. */
export class Gate {
  private state: GateState = 'open';
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  /** Bytes that went towards the receiver, with HTTP headers, without TLS. */
  sentBytes = 0;

  private constructor(
    private readonly target: number,
    private readonly port: number,
  ) {}

  static async to(target: number): Promise<Gate> {
    const gate = new Gate(target, await freePort());
    await gate.listen();
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async set(state: GateState): Promise<void> {
    const before = this.state;
    this.state = state;
    if (state === 'hang' || state === 'refused') for (const socket of this.sockets) socket.destroy();
    if (state === 'refused') await this.close();
    else if (before === 'refused') await this.listen();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const { server } = this;
    if (server) await new Promise((done) => server.close(done));
    this.server = undefined;
  }

  private async listen(): Promise<void> {
    const server = createServer((sender) => {
      this.accept(sender);
    });
    this.server = server;
    await new Promise<void>((done) => server.listen(this.port, '127.0.0.1', done));
  }

  private accept(sender: Socket): void {
    this.watch(sender);
    if (this.state === 'hang') {
      sender.resume();
      return;
    }
    const receiver = connect(this.target, '127.0.0.1');
    this.watch(receiver);
    sender.on('data', (data) => {
      this.sentBytes += data.length;
      receiver.write(data);
    });
    receiver.on('data', (data) => {
      if (this.state !== 'slow') sender.write(data);
      else
        setTimeout(() => {
          if (!sender.destroyed) sender.write(data);
        }, delayMilliseconds);
    });
    sender.on('close', () => receiver.destroy());
    receiver.on('close', () => sender.destroy());
  }

  private watch(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    // A broken connection is what this proxy is for; `close` follows.
    socket.on('error', () => socket.destroy());
  }
}
