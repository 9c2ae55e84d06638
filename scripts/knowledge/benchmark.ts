export async function benchmark(_passages: string): Promise<0 | 1> {
  return 0;
}
