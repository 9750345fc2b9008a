import { statSync } from 'node:fs'
import path from 'node:path'
import type { Check, Fault } from './check'
import { filesIn } from './files'

const KB = 1024
/** WeChat's limit of a main package (developers.weixin.qq.com, 分包加载). */
const MOST = 2 * KB * KB
/** What this shop allows itself beside pictures, so that it opens at once on a slow network. */
const MOST_WITHOUT_PICTURES = 120 * KB
const PICTURE = /\.(png|jpe?g|gif|webp|svg)$/

/** DevTools packs every file of miniprogram/, whether something uses it or not. */
export const packageSize: Check = { name: 'package size', run }

function run(root: string): Fault[] {
  const folder = path.join(root, 'miniprogram')
  const sizes = filesIn(folder).map((file) => ({
    file,
    bytes: statSync(path.join(folder, file)).size,
  }))
  const total = (files: typeof sizes) => files.reduce((sum, { bytes }) => sum + bytes, 0)
  const largest = [...sizes].sort((a, b) => b.bytes - a.bytes)[0]?.file

  const tooBig = (bytes: number, most: number, what: string): Fault[] =>
    bytes <= most
      ? []
      : [
          {
            file: 'miniprogram',
            problem: `${what} ${Math.ceil(bytes / KB)} KB, at most ${most / KB} KB may`,
            remedy: `make it smaller; the largest file is ${largest}`,
          },
        ]
  const code = sizes.filter(({ file }) => !PICTURE.test(file))
  return [
    ...tooBig(total(sizes), MOST, 'all files together have'),
    ...tooBig(total(code), MOST_WITHOUT_PICTURES, 'the files that are no pictures have'),
  ]
}
