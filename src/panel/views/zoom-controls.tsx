import type { IconName } from '../icons.tsx';
import { useStore } from '../store.ts';
import { type MessageKey, text } from '../text.ts';
import { Action } from './action.tsx';

const STEP = 1.5;

/** Each of these has a key as well: see timeline-keys.ts. */
export function ZoomControls() {
  const { navigation } = useStore();
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
    </span>
  );
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
