import { download } from '../download.ts';
import type { IconName } from '../icons.tsx';
import { type Store, useStore } from '../store.ts';
import { type MessageKey, text } from '../text.ts';
import { timelineImage } from '../timeline-image.ts';
import { Action } from './action.tsx';

const STEP = 1.5;

/** Each of these but the last has a key as well: see timeline-keys.ts. */
export function ZoomControls() {
  const store = useStore();
  const { navigation } = store;
  return (
    <span class="zoom-controls">
      <Control
        icon="follow"
        name="follow"
        isOn={navigation.mode.value === 'follow'}
        press={() => navigation.follow()}
      />
      <Control icon="minus" name="zoomOut" press={() => navigation.zoom(STEP)} />
      <Control icon="plus" name="zoomIn" press={() => navigation.zoom(1 / STEP)} />
      <Control icon="fit" name="fit" isOn={navigation.mode.value === 'fit'} press={() => navigation.fit()} />
      <Control icon="image" name="saveImage" press={() => void saveImage(store)} />
    </span>
  );
}

async function saveImage(store: Store): Promise<void> {
  const picture = await timelineImage(store);
  const when = new Date(store.now.value).toISOString().slice(0, 19).replaceAll(':', '-');
  if (picture) download(`sse-lifeline-timeline-${when}.png`, picture);
}

interface ControlProps {
  icon: IconName;
  name: MessageKey;
  /** Undefined for what is no switch. */
  isOn?: boolean;
  press(): void;
}

function Control({ icon, name, isOn, press }: ControlProps) {
  return <Action icon={icon} label={text(name)} isOn={isOn} press={press} />;
}
