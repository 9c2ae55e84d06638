import type { Store } from './store.ts';

/**
 * Goes on without its memory where a store fails in the middle of a turn: a full disk must not keep an emergency number
 * from anybody. What a person asks of the store itself (feedback, forgetting) still fails, since they have to know.
 */
export function createForgivingStore({
  store,
  onFailure,
}: {
  store: Store;
  onFailure: (error: unknown) => void;
}): Store {
  return {
    ...store,
    conversation: (id) => store.conversation(id).catch(onFailed),
    saveConversation: (conversation) => store.saveConversation(conversation).catch(onFailed),
    saveReply: (reply) => store.saveReply(reply).catch(onFailed),
  };

  function onFailed(error: unknown): undefined {
    onFailure(error);
    return undefined;
  }
}
