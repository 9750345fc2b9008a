import { MOST, MOST_WITHOUT_PICTURES, packageBytes } from '../checks/sources/package-files'
import type { Measurement, Row } from './measurement'

export const packageSize: Measurement = {
  title: "Size of the mini program's package, before DevTools compresses it",
  columns: [
    { title: 'size', kind: 'bytes' },
    { title: 'of what is allowed', kind: 'ratio' },
  ],
  measure: async (root) => measurePackage(root),
}

/** Measures the files of the mini program, by the limits that `npm run verify` checks. */
export function measurePackage(root: string): Row[] {
  const { all, code } = packageBytes(root)
  return [
    { what: 'all files', values: [all, all / MOST] },
    { what: 'without pictures', values: [code, code / MOST_WITHOUT_PICTURES] },
  ]
}
