import path from 'node:path'
import { checkTemplates, NoTemplateCompiler } from '../check-templates'
import type { Check, Outcome } from './check'

/** What only wcc and wcsc find: wrong expressions, wrong WXS, missing imports. */
export const templates: Check = { name: 'WXML, WXS and WXSS (wcc, wcsc)', run }

/** wcsc counts its errors below them, and wrongly. */
const COUNT = /^error file count: \d+$/

function run(root: string): Outcome {
  try {
    return checkTemplates(path.join(root, 'miniprogram'))
      .filter((line) => !COUNT.test(line))
      .map((problem) => ({
        file: 'miniprogram',
        problem,
        remedy: 'mend the file that is named',
      }))
  } catch (error) {
    if (error instanceof NoTemplateCompiler) return { notChecked: error.message }
    throw error
  }
}
