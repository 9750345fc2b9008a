export const env: string = 'the deployer’s own'
