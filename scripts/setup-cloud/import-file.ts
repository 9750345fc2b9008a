import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Goods } from '../../typings/contract'
import type { Step } from './step'

/**
 * Writes the goods with their file ids to a file of this computer, for import by hand: the console
 * takes JSON Lines (云开发 → 数据库 → 导入).
 */
export function importFileStep(file: string, goods: readonly Goods[]): Step {
  const content = goods.map((item) => `${JSON.stringify(item)}\n`).join('')
  const subject = path.basename(file)
  return {
    title: 'File for import by hand',
    async look() {
      if (existsSync(file) && readFileSync(file, 'utf8') === content) return [{ subject }]
      return [
        { subject, change: { done: 'written', make: async () => writeFileSync(file, content) } },
      ]
    },
  }
}
