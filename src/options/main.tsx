import './options.css';
import { render } from 'preact';
import browser, { type Permissions as Api } from 'webextension-polyfill';
import { ALL_SITES, NETWORK_RESET } from '../protocol/permissions.ts';
import { Page } from './page.tsx';
import { text } from './text.ts';

const { permissions } = browser;

/** [firefox] The polyfill's types do not know all that is optional there. */
const NETWORK = NETWORK_RESET as unknown as Api.Permissions;

async function show(): Promise<void> {
  const [sites, network] = await Promise.all([permissions.contains(ALL_SITES), permissions.contains(NETWORK)]);
  render(
    <Page
      sites={{ isAllowed: sites, ask: () => void permissions.request(ALL_SITES) }}
      network={{
        isAllowed: network,
        ask: () => void permissions.request(NETWORK),
        giveBack: () => void permissions.remove(NETWORK),
      }}
    />,
    document.body,
  );
}

document.documentElement.lang = browser.i18n.getUILanguage();
document.title = `${text('extName')}: ${text('permissions')}`;
// Here, in another window, or by the browser's own page.
permissions.onAdded.addListener(show);
permissions.onRemoved.addListener(show);
await show();
