import { readCheckout } from './setup-cloud/checkout'
import { setupCloud } from './setup-cloud/command'

/** `npm run setup:cloud`: collections, permissions, indexes, pictures and goods in the cloud. */
async function main(): Promise<void> {
  process.exitCode = await setupCloud({
    args: process.argv.slice(2),
    env: process.env,
    checkout: () => readCheckout(process.cwd()),
    print: (line) => console.log(line),
  })
}

void main()
