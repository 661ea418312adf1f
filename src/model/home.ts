import type { Sender } from '../protocol/sender.ts';

/** Where something lives: a document by the browser's name for it, or else a frame. */
export type Home = string;

export const homeOf = ({ frame, document }: Sender): Home => document ?? `frame ${frame}`;

/** Of a worker that no tab is named for, only the origin is known. */
export const workerHome = (origin: string): Home => `worker ${origin}`;

export const isWorker = (home: Home): boolean => home.startsWith('worker ');
