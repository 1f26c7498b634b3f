using System.Globalization;
using Callback.Tests.Support;

namespace Callback.Tests.Calls.ModelBased;

/// <summary>
/// Random stories told to the product and to a pure reference of the protocol, which was written from its description and not from the code. After each step what can be seen of
/// both is the same. CALLBACK_STORIES says how many are told.
/// </summary>
public sealed class ProtocolProperties(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly int Stories = int.Parse(Environment.GetEnvironmentVariable("CALLBACK_STORIES") ?? "100", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Whatever_happens_the_product_does_what_the_protocol_says()
    {
        var telling = new Telling(database, new());
        var parted = telling.Random(Stories);
        Assert.True(parted is null, parted?.Text);
        Assert.Null(await telling.VerifyAsync());
    }

    [Theory]
    [InlineData("two empty lists are enough")]
    [InlineData("no technical grant")]
    [InlineData("a request is sent twice")]
    public void A_product_that_did_otherwise_would_be_found_out_by_a_short_story(string otherwise)
    {
        var telling = otherwise switch
        {
            "two empty lists are enough" => new Telling(database, new() { EmptyListsToSpent = 2 }),
            "no technical grant" => new Telling(database, new() { TechnicalGrants = 0 }),
            _ => new Telling(database, new(), timesAsked: 2),
        };

        var parted = telling.Random(300);

        Assert.NotNull(parted);
        Assert.InRange(parted.Value.Steps, 2, 5);
        Assert.Contains("asks for the next card", parted.Value.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_proof_takes_a_release_back()
    {
        Story story = new([
            new(Deed.Hold, 0, 1), new(Deed.DialLostRang, 0, 1), new(Deed.ReconcileLagging, 0, 1), new(Deed.ReconcileLagging, 0, 1), new(Deed.ReconcileLagging, 0, 1),
            new(Deed.AskRelease, 0, 1), new(Deed.ReadLists, 0, 1), new(Deed.ApproveRelease, 0, 1), new(Deed.DayPasses, 0, 1), new(Deed.Plan, 0, 1), new(Deed.Ends, 0, 1), new(Deed.Hold, 1, 1), new(Deed.Hold, 0, 1),
            new(Deed.Dial, 1, 1), new(Deed.Dial, 0, 1)]);

        Assert.Null(await new Telling(database, new()).TellAsync(story));
        Assert.NotNull(await new Telling(database, new() { LateProofTakesReleaseBack = false }).TellAsync(story));
    }

    [Fact]
    public async Task A_late_ring_beside_the_released_call_is_kept_until_its_end_is_told()
    {
        Story story = new([
            new(Deed.Hold, 0, 1), new(Deed.DialLostRang, 0, 1), new(Deed.ReconcileLagging, 0, 1), new(Deed.ReconcileLagging, 0, 1), new(Deed.ReconcileLagging, 0, 1),
            new(Deed.AskRelease, 0, 1), new(Deed.ReadLists, 0, 1), new(Deed.ApproveRelease, 0, 1), new(Deed.DayPasses, 0, 1), new(Deed.Pay, 0, 2), new(Deed.Pay, 0, 3), new(Deed.Pay, 0, 4),
            new(Deed.Plan, 0, 1), new(Deed.Hold, 1, 1), new(Deed.Dial, 1, 1), new(Deed.Rings, 0, 1), new(Deed.Ends, 0, 1), new(Deed.Ends, 0, 2)]);

        Assert.Null(await new Telling(database, new()).TellAsync(story));
    }
}
