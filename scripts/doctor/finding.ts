/** What the doctor says about one thing of a deployer's configuration. */
export interface Finding {
  state: 'right' | 'doubtful' | 'wrong'
  /** a file of the checkout, and the key in it */
  place: string
  /** what is so; `place` is its subject. Never a secret, nor any value that may be one */
  text: string
  /** what to do about it; undefined when all is right */
  mend?: string
}

export const right = (place: string, text: string): Finding => ({ state: 'right', place, text })

export const doubtful = (place: string, text: string, mend: string): Finding => ({
  state: 'doubtful',
  place,
  text,
  mend,
})

export const wrong = (place: string, text: string, mend: string): Finding => ({
  state: 'wrong',
  place,
  text,
  mend,
})
