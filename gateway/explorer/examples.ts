import { readFileSync } from 'node:fs';

/** Who sends an example: `null` is the public, without a token. */
export type Asker = 'officer' | 'provider' | 'subject' | null;

/** Values that fit the data at hand. */
export interface ExampleValues {
  /** 统一社会信用代码 of an organization on file. */
  organization: string;
  /** A natural person with public items: 身份证号 and 姓名. */
  person: { code: string; name: string };
  /** Part of an organization's name, two characters or more. */
  search: string;
  /** Division code (GB/T 2260). */
  jurisdiction: string;
  /** The provider's submission, as `SubmitRecordsInput`. */
  submission: { layout: string; jurisdiction: string; item?: string; rows: Record<string, unknown>[] };
}

export interface Example {
  title: string;
  query: string;
  variables: Record<string, unknown>;
  asker: Asker;
}

const query = (file: string): string =>
  readFileSync(new URL(`examples/${file}.graphql`, import.meta.url), 'utf8');

/** The explorer's tabs, in order. Their queries are the files beside this one. */
export const examples = (values: ExampleValues): Example[] => [
  {
    title: '1 统一查询 subject',
    query: query('1-unified-subject'),
    variables: { code: values.organization },
    asker: 'officer',
  },
  {
    title: '2 公开·法人 public',
    query: query('2-public-organization'),
    variables: { code: values.organization },
    asker: null,
  },
  {
    title: '3 公开·自然人 person',
    query: query('3-public-person'),
    variables: { ...values.person },
    asker: null,
  },
  {
    title: '4 查找 search',
    query: query('4-search-organizations'),
    variables: { name: values.search, jurisdiction: values.jurisdiction },
    asker: null,
  },
  {
    title: '5 目录 catalogue',
    query: query('5-catalogue'),
    variables: { jurisdiction: values.jurisdiction },
    asker: null,
  },
  {
    title: '6 报送 submit',
    query: query('6-submit-records'),
    variables: { input: values.submission },
    asker: 'provider',
  },
  { title: '7 本人 me', query: query('7-me'), variables: {}, asker: 'subject' },
];
