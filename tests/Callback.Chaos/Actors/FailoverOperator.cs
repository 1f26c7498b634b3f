using Callback.Chaos.Ground;

namespace Callback.Chaos.Actors;

/// <summary>Does what the manual says: when the gate refuses because the database is another one, runs <c>callback adopt</c> until it is done.</summary>
internal sealed class FailoverOperator(Arena arena, Ledger ledger, Refusals refusals)
{
    private int seen;

    /// <summary>Adoptions that went through.</summary>
    public int Adoptions { get; private set; }

    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Wait.QuietlyAsync(TimeSpan.FromMilliseconds(300), stop);
            if (refusals.Of("dial 409 EpochChanged") is var now && now == seen)
                continue;
            var (code, output, error) = await arena.VerbAsync("adopt");
            ledger.Did("adopt", new { code, output, error });
            if (code != 0)
                continue;
            Adoptions++;
            seen = refusals.Of("dial 409 EpochChanged");
        }
    }
}
