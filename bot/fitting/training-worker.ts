import type { MessagePort } from 'node:worker_threads';
import type { Classifier } from '../conversation/triage/classifier.ts';
import { CLASSIFIER_TRAINING, type JudgedMessage, trainClassifier } from './train-classifier.ts';

/** One member of an ensemble. */
export interface MemberTraining {
  readonly messages: readonly JudgedMessage[];
  readonly labels: readonly string[];
  readonly tokenWidth: number;
  readonly seed: number;
  /** Hears `Progress` after each epoch. */
  readonly progress: MessagePort;
}

export interface Progress {
  readonly epoch: number;
  readonly loss: number;
}

/** Runs on a thread of its own. */
export default function train({ messages, labels, tokenWidth, seed, progress }: MemberTraining): Classifier {
  return trainClassifier(messages, labels, tokenWidth, { ...CLASSIFIER_TRAINING, seed }, (epoch, loss) => {
    const done: Progress = { epoch, loss };
    progress.postMessage(done);
  });
}
