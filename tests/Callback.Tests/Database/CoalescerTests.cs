using System.Collections.Concurrent;
using Callback.Database;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Database;

public sealed class CoalescerTests
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    /// <summary>Requests, of which the negative ones break whatever batch they are in; the size of a batch; batches at once; how many are cancelled at once.</summary>
    private static readonly Arbitrary<(int[] Requests, int Most, int AtOnce)> Cases = (
        from requests in Gen.Choose(-3, 30).ListOf(40)
        from most in Gen.Choose(1, 9)
        from atOnce in Gen.Choose(1, 3)
        select (requests.ToArray(), most, atOnce)).ToArbitrary();

    [Fact]
    public void Every_request_gets_its_own_answer_and_exactly_one() =>
        Prop.ForAll(Cases, given => AnsweredAsync(given.Requests, given.Most, given.AtOnce).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public async Task What_is_asked_while_a_batch_is_under_way_becomes_the_next_batch()
    {
        var batches = new ConcurrentQueue<int[]>();
        var first = new TaskCompletionSource();
        var coalescer = new Coalescer<int, int>(3, 1, async requests =>
        {
            batches.Enqueue([.. requests]);
            if (batches.Count == 1)
                await first.Task;
            return [.. requests];
        });

        var alone = coalescer.AskAsync(0, default);
        await UntilAsync(() => !batches.IsEmpty);
        var others = Enumerable.Range(1, 7).Select(request => coalescer.AskAsync(request, default)).ToList();
        first.SetResult();
        await Task.WhenAll(others.Append(alone)).WaitAsync(AtMost, TimeProvider.System);

        Assert.Equal([[0], [1, 2, 3], [4, 5, 6], [7]], batches);
    }

    [Fact]
    public async Task A_request_that_is_cancelled_while_it_waits_is_never_begun_and_one_under_way_is_finished()
    {
        var begun = new ConcurrentQueue<int>();
        var finished = new ConcurrentQueue<int>();
        var first = new TaskCompletionSource();
        var coalescer = new Coalescer<int, int>(8, 1, async requests =>
        {
            foreach (var request in requests)
                begun.Enqueue(request);
            await first.Task;
            foreach (var request in requests)
                finished.Enqueue(request);
            return [.. requests];
        });
        using var given = new CancellationTokenSource();

        var underWay = coalescer.AskAsync(0, given.Token);
        await UntilAsync(() => !begun.IsEmpty);
        var waiting = coalescer.AskAsync(1, given.Token);
        var stays = coalescer.AskAsync(2, default);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => underWay);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.SetResult();

        Assert.Equal(2, await stays.WaitAsync(AtMost, TimeProvider.System));
        Assert.Equal([0, 2], begun);
        Assert.Equal([0, 2], finished);
    }

    [Fact]
    public async Task A_batch_that_is_answered_with_too_few_answers_is_answered_one_by_one()
    {
        var coalescer = new Coalescer<int, int>(8, 1, requests => Task.FromResult<IReadOnlyList<int>>(requests.Count > 1 ? [] : [requests[0] * 2]));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(request => coalescer.AskAsync(request, default))).WaitAsync(AtMost, TimeProvider.System);

        Assert.Equal(Enumerable.Range(0, 20).Select(request => request * 2), answers);
    }

    private static async Task<bool> AnsweredAsync(int[] requests, int most, int atOnce)
    {
        int underWay = 0, widest = 0;
        var done = new ConcurrentQueue<int>();
        var coalescer = new Coalescer<(int Number, int Value), string>(most, atOnce, async batch =>
        {
            widest = Math.Max(widest, Math.Max(batch.Count > most ? int.MaxValue : 0, batch.Count > 1 ? Interlocked.Increment(ref underWay) : 0));
            await Task.Yield();
            if (batch.Count > 1)
                Interlocked.Decrement(ref underWay);
            if (batch.Any(request => request.Value < 0))
                throw new InvalidDataException("a bad one");
            foreach (var request in batch)
                done.Enqueue(request.Number);
            return [.. batch.Select(request => $"{request.Number}: {request.Value}")];
        });

        var answers = await Task.WhenAll(requests.Select((value, number) => Task.Run(async () =>
        {
            try
            {
                return await coalescer.AskAsync((number, value), default);
            }
            catch (InvalidDataException)
            {
                return "bad";
            }
        }))).WaitAsync(AtMost, TimeProvider.System);

        return answers.SequenceEqual(requests.Select((value, number) => value < 0 ? "bad" : $"{number}: {value}"))
            && done.Order().SequenceEqual(Enumerable.Range(0, requests.Length).Where(number => requests[number] >= 0))
            && widest <= atOnce;
    }

    private static async Task UntilAsync(Func<bool> there)
    {
        using var limit = new CancellationTokenSource(AtMost, TimeProvider.System);
        while (!there())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
