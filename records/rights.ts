/** What gateways follow of the access subgraph: officers' accounts, and units whose access was ended; the plain form in which it travels. */
export interface RightsData {
  /** Grows with every change. */
  revision: number;
  /** Matters: codes, or null where none was ever granted. */
  accounts: [unit: string, officer: string, matters: string[] | null, suspended: boolean][];
  /** 统一社会信用代码 of units whose access the center ended. */
  withdrawn: string[];
}
