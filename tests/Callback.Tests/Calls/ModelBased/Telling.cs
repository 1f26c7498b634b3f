using System.Collections.Immutable;
using Callback.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Calls.ModelBased;

/// <summary>Tells stories to product and protocol at once, and says where they part.</summary>
internal sealed class Telling(TestDatabase database, Rules rules, int timesAsked = 1)
{
    private (Story Story, string Parting)? shortest;

    /// <summary>Tells so many random stories; one in which they part is made shorter as long as they still do.</summary>
    /// <returns>The shortest of them, as text, and its steps; null: they never part.</returns>
    public (int Steps, string Text)? Random(int stories)
    {
        try
        {
            Prop.ForAll(Story.Any, story => Holds(story)).Check(Config.QuickThrowOnFailure.WithMaxTest(stories));
        }
        catch (Exception) when (shortest is not null)
        {
            // FsCheck's own words are about its generator; the story says more.
        }
        return shortest is { } found ? (found.Story.Steps.Count, $"Product and protocol part:{found.Story}{Environment.NewLine}  {found.Parting}") : null;
    }

    /// <returns>Where product and protocol part; null: nowhere.</returns>
    public async Task<string?> TellAsync(Story story)
    {
        await using var shop = await ShopAtWork.OpenAsync(database, timesAsked);
        var protocol = new Protocol(rules);
        foreach (var (step, at) in story.Steps.Prepend(new(Deed.Plan, 0, 1)).Select((step, at) => (step, at)))
        {
            string answer;
            try
            {
                answer = await shop.DoAsync(step);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return $"Step {at} breaks the product: {e.GetType().Name}: {e.Message}";
            }
            (protocol, var expected) = Judge.After(protocol, step, answer);
            if (answer != expected)
                return $"After step {at} the product answers “{answer}”, the protocol “{expected}”.";
            var (picture, queue) = await shop.DrawAsync();
            if (OfQueue(protocol, queue) is { } wrong)
                return $"After step {at}: {wrong}";
            protocol = protocol with { Queue = protocol.Queue.RemoveRange(protocol.Queue.Keys.Except(queue)) };
            if (Owed(protocol, picture).DiffersFrom(Owed(protocol, protocol.Draw())) is { } parting)
                return $"After step {at}: {parting}";
        }
        return null;
    }

    /// <returns>What the invariants find after all stories; null: nothing.</returns>
    public async Task<string?> VerifyAsync()
    {
        await using var shop = await ShopAtWork.OpenAsync(database, timesAsked);
        return (await shop.VerifyAsync()).Invariants.SelectMany(invariant => invariant.Violations).FirstOrDefault()?.ToString();
    }

    private bool Holds(Story story)
    {
        if (TellAsync(story).GetAwaiter().GetResult() is not { } parting)
            return true;
        if (shortest is not { } known || story.Steps.Count < known.Story.Steps.Count)
            shortest = (story, parting);
        return false;
    }

    /// <summary>Nothing is in the queue that the protocol did not put there, and nothing that may be called has left it. What may not be called may leave at any time.</summary>
    private static string? OfQueue(Protocol protocol, ImmutableArray<string> queue)
    {
        if (queue.Except(protocol.Queue.Keys).Order().ToList() is { Count: > 0 } strange)
            return $"{string.Join(", ", strange)} is in the queue, and nothing put it there.";
        return protocol.Queue.Keys.Where(protocol.Callable).Except(queue).ToList() is { Count: > 0 } gone ? $"{string.Join(", ", gone)} may be called and is not in the queue any more." : null;
    }

    /// <summary>Grants of a customer who paid or wants no calls may stand or be closed: nothing can be called by them.</summary>
    private static Picture Owed(Protocol protocol, Picture picture) => picture with
    {
        Grants = [.. picture.Grants.Where(grant => !protocol.Paid.Contains(grant[..6]) && !protocol.WantNoCalls.Contains(Protocol.CustomerOf[grant[..6]]))],
    };
}
