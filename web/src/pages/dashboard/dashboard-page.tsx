export function DashboardPage({ name }: { name: string }) {
  return <p>{name}</p>;
}
