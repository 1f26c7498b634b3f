namespace Callback.Database;

/// <summary>
/// Answers together what is asked at the same time: while one batch is under way the next gathers, and becomes one transaction instead of many. A request that
/// comes alone is begun at once.
/// </summary>
/// <remarks>
/// Every request gets exactly one answer. Where a batch breaks, each of its members is answered by itself, so that none suffers from another. A request that is
/// cancelled while it waits is never begun; one that is under way is finished, though nobody listens.
/// </remarks>
/// <param name="most">Requests in one batch.</param>
/// <param name="atOnce">Batches under way at a time.</param>
/// <param name="answer">The work: the answers in the order of the requests. It gets no token, because many wait for it.</param>
internal sealed class Coalescer<TRequest, TAnswer>(int most, int atOnce, Func<IReadOnlyList<TRequest>, Task<IReadOnlyList<TAnswer>>> answer)
{
    private readonly Lock gate = new();
    private readonly Queue<Asked> waiting = new();
    private int underWay;

    public async Task<TAnswer> AskAsync(TRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var asked = new Asked(request);
        await using var cancelled = ct.UnsafeRegister(_ => asked.Answer.TrySetCanceled(ct), null);
        if (Enter(asked))
            Queue();
        return await asked.Answer.Task;
    }

    private bool Enter(Asked asked)
    {
        lock (gate)
        {
            waiting.Enqueue(asked);
            if (underWay == atOnce)
                return false;
            underWay++;
            return true;
        }
    }

    /// <summary>Behind what is ready to run, so that those who were just answered are in the batch with their next request; and in nobody's context.</summary>
    private void Queue() => ThreadPool.UnsafeQueueUserWorkItem(static me => _ = me.RunOnceAsync(), this, preferLocal: false);

    private async Task RunOnceAsync()
    {
        var batch = Take();
        if (batch.Count == 0)
            return;
        await AnswerAsync(batch);
        Queue();
    }

    private List<Asked> Take()
    {
        lock (gate)
        {
            var batch = new List<Asked>();
            while (batch.Count < most && waiting.TryDequeue(out var asked))
                if (!asked.Answer.Task.IsCompleted)
                    batch.Add(asked);
            if (batch.Count == 0)
                underWay--;
            return batch;
        }
    }

    private async Task AnswerAsync(List<Asked> batch)
    {
        try
        {
            var answers = await answer([.. batch.Select(asked => asked.Request)]);
            if (answers.Count != batch.Count)
                throw new InvalidOperationException($"{batch.Count} requests were given {answers.Count} answers.");
            foreach (var (asked, given) in batch.Zip(answers))
                asked.Answer.TrySetResult(given);
        }
        catch (Exception e) when (batch.Count == 1)
        {
            batch[0].Answer.TrySetException(e);
        }
        catch (Exception)
        {
            await Task.WhenAll(batch.Select(asked => AnswerAsync([asked])));
        }
    }

    private sealed record Asked(TRequest Request)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
