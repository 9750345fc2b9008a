import { execFile } from 'node:child_process'
import path from 'node:path'
import { transform } from 'esbuild'

const PROGRAM = `
  const { main } = require(process.argv[1])
  if (typeof main !== 'function') throw new Error('it exports no function main')
  process.exit()
`

/**
 * Loads a built cloud function in a process of its own, in which nothing is configured.
 * @returns why that fails; undefined when it exports `main`
 */
export function whyNotLoaded(bundle: string): Promise<string | undefined> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !key.startsWith('WXPAY_')),
  )
  const options = { env, cwd: path.dirname(bundle), timeout: 60_000 }
  return new Promise((resolve) => {
    execFile(process.execPath, ['-e', PROGRAM, bundle], options, (error, _stdout, stderr) => {
      if (error === null) return resolve(undefined)
      const [message = error.message] = /^\w*Error\b.*$/m.exec(stderr) ?? []
      resolve(`does not load: ${message}`)
    })
  })
}

/**
 * The first line of a program that this version of Node cannot read, found by letting esbuild write
 * the program for it; undefined when that changes nothing.
 * @param node such as `18.15`
 */
export async function newerSyntax(code: string, node: string): Promise<string | undefined> {
  const [own, lowered] = await Promise.all(
    ['esnext', `node${node}`].map(async (target) => {
      return (await transform(code, { target, logLevel: 'silent' })).code.split('\n')
    }),
  )
  return own
    ?.find((line, index) => line !== lowered?.[index])
    ?.trim()
    .slice(0, 100)
}
