import type { Milliseconds } from '../../protocol/record.ts';
import { max, min, now } from '../pristine.ts';
import type { Piece } from './blocks.ts';
import { joined, noBytes, part as partOf, sizeOf } from './bytes.ts';
import type { Force } from './force.ts';
import { idleCut } from './idle-cut.ts';
import { FOREVER, Pause } from './pause.ts';
import { type Part, stage, type Take } from './stage.ts';

/** How often a throttled stream brings bytes. */
const DRIP: Milliseconds = 50;

/**
 * The stage that does to a stream what a fault is, until the force is released; undefined where the fault is about
 * something else. `isBetween`: it begins between two blocks; else it leaves the one under way alone. `lose` is the end of a
 * body whose connection is lost.
 */
export function effect(force: Force, next: Take, isBetween: boolean, lose: () => void): Take | undefined {
  const pause = new Pause();
  const take = takeOf(force, pause, next, isBetween, lose);
  if (take) {
    force.release = () => {
      pause.release();
      // What was kept until more came goes on.
      void take({ bytes: noBytes() });
    };
    force.start();
  }
  return take;
}

const endOf = (part: Part) => (typeof part === 'function' || !part.ends ? {} : { ends: part.ends });

function takeOf(force: Force, pause: Pause, next: Take, isBetween: boolean, lose: () => void): Take | undefined {
  const {
    order: { fault },
    share,
  } = force;
  const isEvent = (part: Part): part is Piece => typeof part !== 'function' && part.ends === 'event';
  const later = (dueOf: (part: Part) => Milliseconds, handle = next) =>
    stage(
      pause,
      (part) => {
        if (pause.released) return 0;
        if (isEvent(part)) force.act();
        return dueOf(part);
      },
      handle,
    );
  /** A block that was put off until the next event. */
  let held: Piece | undefined;
  const blocks = (handle: (block: Piece) => Promise<void>, beforeEnd = async () => {}) => {
    let rest = noBytes();
    let isPassing = !isBetween;
    const goOn = async () => {
      const first = held;
      const second = rest;
      held = undefined;
      rest = noBytes();
      if (first) await next(first);
      if (sizeOf(second) > 0) await next({ bytes: second });
    };
    return stage(
      pause,
      () => 0,
      async (part) => {
        if (typeof part === 'function') await beforeEnd();
        if (typeof part === 'function' || pause.released || isPassing) {
          await goOn();
          isPassing = typeof part !== 'function' && part.ends === undefined;
          await next(part);
        } else {
          const bytes = joined(rest, part.bytes);
          rest = part.ends ? noBytes() : bytes;
          if (part.ends) await handle({ bytes, ends: part.ends });
        }
      },
    );
  };
  /** Drawn once for each event. */
  const isHit = (block: Piece, probability: number) => isEvent(block) && share.random() < probability;

  switch (fault.type) {
    case 'silence':
      if (fault.arrives === 'late') return later(() => FOREVER);
      return blocks(
        async (block) => {
          if (isEvent(block)) force.act();
        },
        () => pause.until(FOREVER),
      );
    case 'delay': {
      let latest = 0;
      return later((part) => {
        const jitter = isEvent(part) ? fault.jitter * (2 * share.random() - 1) : 0;
        latest = max(latest, now() + fault.delay + jitter);
        return latest;
      });
    }
    case 'burst': {
      const begin = now();
      return later(() => {
        const time = now();
        return time + fault.every - ((time - begin) % fault.every);
      });
    }
    case 'throttle': {
      const rate = max(1, fault.rate);
      let free = 0;
      const drip = async (part: Part) => {
        const bytes = typeof part === 'function' ? noBytes() : part.bytes;
        const size = sizeOf(bytes);
        if (size === 0) await next(part);
        for (let from = 0, to = 0; from < size; from = to) {
          to = pause.released ? size : min(size, from + max(1, min(size, (rate * DRIP) / 1000) | 0));
          free = max(free, now()) + ((to - from) * 1000) / rate;
          await pause.until(free);
          await next({ bytes: partOf(bytes, from, to), ...(to === size && endOf(part)) });
        }
      };
      return later(() => 0, drip);
    }
    case 'cut': {
      if ('idle' in fault) {
        return idleCut(fault.idle, pause, next, () => {
          force.act();
          force.tell();
          lose();
        });
      }
      let left = fault.after;
      const isInside = fault.inside && fault.unit === 'events';
      const cut = () => {
        left = -1;
        force.act();
        force.tell();
        return next(lose);
      };
      if (fault.unit === 'events' && (left > 0 || isInside)) {
        return blocks(async (block) => {
          if (left < 0) return;
          const isLast = isInside && left === 0 && isEvent(block);
          await next(isLast ? { bytes: partOf(block.bytes, 0, sizeOf(block.bytes) >> 1) } : block);
          if (isLast || (isEvent(block) && --left === 0 && !isInside)) await cut();
        });
      }
      const take = stage(
        pause,
        () => 0,
        async (part) => {
          if (left < 0) return;
          const bytes = typeof part === 'function' || pause.released ? undefined : part.bytes;
          if (!bytes || sizeOf(bytes) < left) {
            if (bytes) left -= sizeOf(bytes);
            await next(part);
          } else {
            await next({ bytes: partOf(bytes, 0, left) });
            await cut();
          }
        },
      );
      // After no bytes is now.
      if (left === 0) void take({ bytes: noBytes() });
      return take;
    }
    case 'drop':
      return blocks(async (block) => {
        if (isHit(block, fault.probability)) force.act();
        else await next(block);
      });
    case 'duplicate':
      return blocks(async (block) => {
        await next(block);
        if (!isHit(block, fault.probability)) return;
        force.act();
        await next(block);
      });
    case 'reorder':
      return blocks(async (block) => {
        // Of two that change places, the second one has had its turn; it draws nevertheless.
        const isFirst = isHit(block, fault.probability) && !held;
        if (isFirst) {
          force.act();
          held = block;
          return;
        }
        await next(block);
        if (!isEvent(block) || !held) return;
        const late = held;
        held = undefined;
        await next(late);
      });
    default:
      return undefined;
  }
}
