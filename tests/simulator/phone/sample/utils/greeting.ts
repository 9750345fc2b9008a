import { env } from '../config'

export function greeting(name: string): string {
  return `你好，${name}（${env}）`
}
