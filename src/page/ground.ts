import type { Background } from './background.ts';
import type { StandingOrders } from './faults/orders.ts';
import type { BrowserProfile } from './managed/browser-profile.ts';
import type { Queue } from './task-queue.ts';

/** What all connections of a document share. */
export interface Ground {
  profile: BrowserProfile;
  queue: Queue;
  background: Background;
  orders: StandingOrders;
}
