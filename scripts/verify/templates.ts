import path from 'node:path'
import { checkTemplates, NoTemplateCompiler } from '../check-templates'
import type { Check, Outcome } from './check'

/** What only wcc and wcsc find: wrong expressions, wrong WXS, missing imports. */
export const templates: Check = { name: 'WXML, WXS and WXSS (wcc, wcsc)', run }

function run(root: string): Outcome {
  try {
    return checkTemplates(path.join(root, 'miniprogram')).map((problem) => ({
      file: 'miniprogram',
      problem,
      remedy: 'mend the file that is named',
    }))
  } catch (error) {
    if (error instanceof NoTemplateCompiler) return { notChecked: error.message }
    throw error
  }
}
