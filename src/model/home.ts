import type { Sender } from '../protocol/sender.ts';

/** Where something lives: a document by the browser's name for it, or else a frame. */
export type Home = string;

export const homeOf = ({ frame, document }: Sender): Home => document ?? `frame ${frame}`;
