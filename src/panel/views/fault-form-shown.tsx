import { memoryOf } from '../fault-memory.ts';
import { useStore } from '../store.ts';
import { FaultForm } from './fault-form.tsx';
import { InjectForm } from './inject-form.tsx';

/** The form that a menu asked for. It is no part of the menu, which has gone by then. */
export function ShownForm() {
  const { session } = useStore();
  const { form } = memoryOf(session);
  const request = form.value;
  const closed = () => {
    form.value = undefined;
  };
  if (!request) return null;
  if (request.type === 'inject') return <InjectForm closed={closed} />;
  return <FaultForm type={request.type} request={request} closed={closed} />;
}
