import http from 'node:http';

/** A client that hides nothing: what arrived, byte for byte, and how it ended. */
export interface Client {
  status: number;
  headers: http.IncomingHttpHeaders;
  text(): string;
  ids(): number[];
  /** Resolves once the text so far satisfies `enough`. Rejects if the connection ends before. */
  until(enough: (client: Client) => boolean): Promise<void>;
  /** `end`, or the error's code. */
  ended: Promise<string>;
  leave(): void;
}

/** Resolves with the answer's headers. Each client has a socket of its own. */
export function connect(url: URL, options: http.RequestOptions = {}): Promise<Client> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent: false, ...options }, (response) => {
      let text = '';
      let looks: (() => void)[] = [];
      const look = () => {
        const now = looks;
        looks = [];
        for (const each of now) each();
      };
      const ended = new Promise<string>((tell) => {
        response.on('end', () => tell('end'));
        response.on('error', (error: NodeJS.ErrnoException) => tell(error.code ?? error.message));
      });
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
        look();
      });
      const client: Client = {
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: () => text,
        ids: () => [...text.matchAll(/^id: ?(\d+)$/gm)].map(([, id]) => Number(id)),
        until: (enough) =>
          new Promise((done, fail) => {
            const check = () => (enough(client) ? done() : void looks.push(check));
            check();
            ended.then((how) => fail(new Error(`${url} ended (${how}) with only:\n${text}`)));
          }),
        ended,
        leave: () => request.destroy(),
      };
      resolve(client);
    });
    request.on('error', reject);
    request.end();
  });
}
