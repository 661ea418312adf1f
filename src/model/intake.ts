import type { Take } from './parts-log.ts';
import type { SourceList } from './source-list.ts';
import { takeParts } from './take-parts.ts';

/** Takes what a tap saw in the network into sources, of the list and beside it. */
export class Intake {
  /** While nothing is recorded, events are counted, and nothing is kept. */
  recording = true;
  /** Events that came meanwhile. */
  unrecorded = 0;
  readonly #list: SourceList;
  #numbered = 0;

  constructor(list: SourceList) {
    this.#list = list;
  }

  readonly take: Take = ({ source, attempt }, told) => {
    const isShown = source.networkOnly || this.#list.get(source.key) !== undefined;
    const keeps = this.recording && isShown;
    const { items, unkept } = takeParts(source, attempt, told, keeps, () => ++this.#numbered);
    this.#list.added(items);
    if (!this.recording) this.unrecorded += unkept;
  };
}
