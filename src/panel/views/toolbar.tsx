import './toolbar.css';
import { useRef, useState } from 'preact/hooks';
import { isResettable } from '../../model/source-state.ts';
import { Icon } from '../icons.tsx';
import { useRoving } from '../roving.ts';
import { shortcut } from '../shortcuts.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { Action, Line, Switch } from './action.tsx';
import { CheckButton } from './check-button.tsx';
import { ShownForm } from './fault-form-shown.tsx';
import { FaultMenu } from './fault-menu.tsx';
import { FilterField } from './filter-field.tsx';
import { NoPage } from './imported-bar.tsx';
import { Menu } from './menu.tsx';
import { NamedTool } from './named-tool.tsx';
import { ResetAllMenu } from './reset-menu.tsx';
import { FileInput, SessionFiles } from './session-files.tsx';
import { Settings } from './settings.tsx';
import { ZoomControls } from './zoom-controls.tsx';

/** What concerns all streams. Where there is no room for everything, a menu has the rest. */
export function Toolbar() {
  const { narrow, session } = useStore();
  const isOfPage = session.imported === undefined;
  const bar = useRef<HTMLDivElement>(null);
  const roving = useRoving(bar);
  const [hasSettings, showSettings] = useState(false);
  const settings = <Action icon="gear" label={text('settings')} testId="settings" press={() => showSettings(true)} />;
  return (
    <>
      <div ref={bar} class="toolbar" role="toolbar" aria-label={text('toolbar')} {...roving}>
        {isOfPage ? <Main /> : <NoPage />}
        {isOfPage && !narrow.value && <Switches />}
        <FilterField />
        {narrow.value ? (
          <Menu icon="more" label={text('moreTools')} testId="more">
            {isOfPage && <Switches />}
            {isOfPage && <Line />}
            <Zoom />
            <SessionFiles />
            {settings}
          </Menu>
        ) : (
          <>
            <span class="toolbar-gap" />
            <SessionFiles />
            <Line />
            {settings}
          </>
        )}
      </div>
      <FileInput />
      <ShownForm />
      {hasSettings && <Settings closed={() => showSettings(false)} />}
    </>
  );
}

function Main() {
  const { lanes, session, clear, revision, now } = useStore();
  revision.value;
  const { recording } = session.log;
  const canReset = lanes.value.some(isResettable);
  return (
    <>
      <button
        type="button"
        class="tool toolbar-record"
        data-testid="record"
        title={`${text(recording ? 'recordStop' : 'recordStart')} (${shortcut('E')})`}
        aria-label={text('record')}
        aria-pressed={recording}
        onClick={() => session.record(!recording, now.peek())}
      >
        <Icon name="record" />
      </button>
      <Action
        icon="clear"
        label={text('clear')}
        hint={`${text('clearHint')} (${shortcut('L')})`}
        testId="clear"
        press={clear}
      />
      <Line />
      <span class="toolbar-split">
        <NamedTool
          icon="reset"
          name={text('resetAll')}
          hint={text('resetAllHint')}
          testId="reset-all"
          look="toolbar-reset"
          isDisabled={!canReset}
          press={() => session.reset('all')}
        />
        <ResetAllMenu />
      </span>
      <FaultMenu />
      <CheckButton />
      <Line />
    </>
  );
}

function Switches() {
  const { session, revision } = useStore();
  revision.value;
  const { preserve } = session.log;
  return (
    <>
      <Switch
        label={text('manageNew')}
        hint={text('manageNewHint')}
        testId="manage-new"
        isOn={session.manageNew}
        toggle={() => session.setManageNew(!session.manageNew)}
      />
      <Switch
        label={text('preserveLog')}
        hint={text('preserveLogHint')}
        testId="preserve-log"
        isOn={preserve}
        toggle={() => session.preserveLog(!preserve)}
      />
    </>
  );
}

/** Where the timeline has no corner for it. */
function Zoom() {
  const { lanes } = useStore();
  if (lanes.value.length === 0) return null;
  return (
    <>
      <ZoomControls />
      <Line />
    </>
  );
}
