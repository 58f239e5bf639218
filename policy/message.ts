/** A sentence that people read, in Chinese and in English. It names what is wrong and where. */
export interface Message {
  zh: string;
  en: string;
}
