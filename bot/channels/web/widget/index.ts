import { defineQuotewellChat } from './element.ts';
import { scriptBase } from './script-base.ts';

// `document.currentScript` is known only while the script runs, so it is asked for here and now.
defineQuotewellChat(scriptBase());
