import { Icon, type IconName } from '../icons.tsx';

interface NamedToolProps {
  icon: IconName;
  name: string;
  hint: string;
  testId: string;
  /** A class of the button. */
  look: string;
  isDisabled: boolean;
  press(): void;
}

/** A button of the toolbar that has its name beside its picture, where there is room. */
export function NamedTool({ icon, name, hint, testId, look, isDisabled, press }: NamedToolProps) {
  return (
    <button
      type="button"
      class={`tool ${look}`}
      data-testid={testId}
      title={hint}
      aria-label={name}
      // Not disabled: it keeps the focus when there is nothing more to do.
      aria-disabled={isDisabled}
      onClick={() => isDisabled || press()}
    >
      <Icon name={icon} />
      <span class="toolbar-words">{name}</span>
    </button>
  );
}
