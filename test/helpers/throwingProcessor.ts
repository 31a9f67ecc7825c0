/** The real processor's code, modified to throw an error once its context's time reaches `seconds`. */
export function throwingProcessor(workletCode: string, seconds: number, message: string): string {
  return `((registerProcessor) => { ${workletCode} })((name, Processor) =>
    registerProcessor(name, class extends Processor {
      process(...quantum) {
        if (currentTime >= ${seconds}) throw new Error(${JSON.stringify(message)});
        return super.process(...quantum);
      }
    }));`;
}
