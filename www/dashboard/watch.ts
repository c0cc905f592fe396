// Looks at something again and again. What fails is told with its code and a way on; what was seen before stays, with the time it is
// from. In: how to look, and when again. Out: a place for what failed. Does not know: what is looked at.

import { h } from "../shared/dom.js";
import { asFailure, isAbort, type Failure } from "./api.js";
import { Poll, Slot } from "./keep.js";
import { faultBox } from "./parts.js";
import { clock, t } from "./words.js";

interface Around {
  /** Takes the focus once a new try has helped. */
  title: HTMLElement;
  /** Nothing has been seen yet: it is waited for, or it failed. */
  empty(why: "loading" | "failed"): void;
  /** Whether this failure is an answer that the screen shows by itself. */
  taken?(failure: Failure): boolean;
}

export class Watch {
  readonly fault = new Slot(h("div", null));
  private readonly poll: Poll;
  private seenAt: Date | undefined;

  /** `look` throws when it fails; `rest` says how long to wait after it, `undefined`: no more. */
  constructor(look: () => Promise<void>, rest: () => number | undefined, private readonly around: Around) {
    this.poll = new Poll(() => this.tell(look), rest);
  }

  now(): Promise<void> {
    return this.poll.now();
  }

  pause(): void {
    this.poll.pause();
  }

  stop(): void {
    this.poll.stop();
  }

  private async tell(look: () => Promise<void>): Promise<void> {
    try {
      await look();
      this.seenAt = new Date();
      this.fault.show("", () => null);
    } catch (error) {
      if (isAbort(error)) return;
      const failure = asFailure(error);
      if (this.around.taken?.(failure)) return;
      const { seenAt } = this;
      this.fault.show([failure.code, failure.requestId], () => [
        seenAt && h("p", { class: "alert stale", role: "status" }, t("app.offline", { time: clock(seenAt) })),
        faultBox(failure, () => void this.again()),
      ]);
      if (!seenAt) this.around.empty("failed");
      throw error;
    }
  }

  private async again(): Promise<void> {
    if (!this.seenAt) this.around.empty("loading");
    await this.poll.now();
    if (!this.fault.root.hasChildNodes()) this.around.title.focus();
  }
}
