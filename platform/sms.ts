import type { Settings } from './settings.ts';

/** Sends short messages. What really sends them is the installation's; without one, nothing that needs a message can be begun. */
export interface SmsSender {
  /**
   * @param phone mobile number of mainland China, 11 digits. Resolves once the carrier has taken the message.
   * @throws Error that holds neither the number nor the text: it goes into the log.
   */
  send(phone: string, text: string): Promise<void>;
}

/** Prints messages to stdout, for demonstrations and tests: whoever sees the terminal sees the codes. */
export const printedSms: SmsSender = {
  async send(phone, text) {
    process.stdout.write(`短信 SMS ${phone}: ${text}\n`);
  },
};

/** Who asks for a code waits for it. */
const TIMEOUT_MS = 5_000;

/**
 * Messages by `POST` of `{ "to": "13800138000", "text": "…" }` as JSON to an address, with `Authorization: Bearer` where there is a token. Any
 * status of 200 to 299 within five seconds says that the message was taken. It follows no redirect: a code goes to nobody else.
 */
const httpSms = (url: string, token: string | undefined): SmsSender => ({
  async send(phone, text) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ to: phone, text }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: Error) => {
      const { code = error.name } = (error.cause ?? {}) as { code?: string };
      throw new Error(`the sender of messages was not reached: ${code}`);
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the sender of messages answered ${response.status}`);
  },
});

/** The sender that is set up; null: none is. */
export const smsSender = ({ smsUrl, smsToken }: Pick<Settings, 'smsUrl' | 'smsToken'>): SmsSender | null =>
  smsUrl === undefined ? null : httpSms(smsUrl, smsToken);
