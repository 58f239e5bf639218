/** Sends short messages. What really sends them is the installation's; without one, nothing that needs a message can be begun. */
export interface SmsSender {
  /** @param phone mobile number of mainland China, 11 digits. Resolves once the carrier has taken the message. */
  send(phone: string, text: string): Promise<void>;
}

/** Prints messages to stdout, for demonstrations and tests: whoever sees the terminal sees the codes. */
export const printedSms: SmsSender = {
  async send(phone, text) {
    process.stdout.write(`短信 SMS ${phone}: ${text}\n`);
  },
};
