using System.Security.Cryptography;
using Callback.Accounts;
using Callback.Tests.Support;

namespace Callback.Tests.Accounts;

public sealed class SecondFactorTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly AccountsFixture given = new(database);

    [Fact]
    public async Task A_code_works_once_ASVS_6_5_1()
    {
        var (signedIn, secret, _) = await EnabledAsync("once");
        given.Time.Advance(TimeSpan.FromSeconds(60));
        var code = Totp.CodeAt(secret, Totp.StepAt(given.Time.GetUtcNow()));
        Assert.IsType<ProofResult.Proven>(await ProveAsync(signedIn, code));
        Assert.IsType<ProofResult.Wrong>(await ProveAsync(signedIn, code));
    }

    [Fact]
    public async Task The_code_that_switched_it_on_does_not_work_again_ASVS_6_5_1()
    {
        var (signedIn, secret, _) = await EnabledAsync("first");
        Assert.IsType<ProofResult.Wrong>(await ProveAsync(signedIn, Totp.CodeAt(secret, Totp.StepAt(given.Time.GetUtcNow()))));
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_is_kept_as_a_hash_ASVS_6_5_2()
    {
        var (signedIn, _, codes) = await EnabledAsync("recovery");
        Assert.Equal(10, codes.Distinct().Count());
        Assert.IsType<ProofResult.Proven>(await ProveAsync(signedIn, codes[3]));
        Assert.IsType<ProofResult.Wrong>(await ProveAsync(signedIn, codes[3]));
        Assert.IsType<ProofResult.Proven>(await ProveAsync(signedIn, codes[4].ToUpperInvariant()));
    }

    [Fact]
    public async Task A_proof_gives_the_session_a_new_token_ASVS_7_2_4()
    {
        var (_, secret, _) = await EnabledAsync("rotated");
        var user = (await new UserQueries(given.Db).FindByNameAsync("rotated", default))!.User;
        var before = await given.SessionAsync(user);
        var pending = (await given.FindAsync(before))!;
        Assert.Equal(SignInStage.SecondFactor, pending.Stage);
        Assert.Empty(pending.Actor.Shops);
        given.Time.Advance(TimeSpan.FromSeconds(60));
        var proven = Assert.IsType<ProofResult.Proven>(await ProveAsync(pending, Totp.CodeAt(secret, Totp.StepAt(given.Time.GetUtcNow()))));
        Assert.Null(await given.FindAsync(before));
        Assert.Equal(SignInStage.Complete, (await given.FindAsync(proven.Token))!.Stage);
    }

    [Fact]
    public async Task The_right_password_does_not_forgive_wrong_codes()
    {
        var (signedIn, _, _) = await EnabledAsync("codes");
        var user = signedIn.User!;
        for (var i = 0; i < 5; i++)
        {
            await given.SessionAsync(user);
            Assert.IsType<ProofResult.Wrong>(await ProveAsync(signedIn, "000000"));
        }
        Assert.IsType<ProofResult.TooMany>(await ProveAsync(signedIn, "000000"));
    }

    [Fact]
    public async Task A_secret_that_was_moved_to_another_user_does_not_open_ASVS_11_3_3()
    {
        var (_, _, _) = await EnabledAsync("source");
        var (target, _, _) = await EnabledAsync("target");
        await given.SqlAsync("update users set totp_cipher = (select totp_cipher from users where name = 'source') where name = 'target'");
        await Assert.ThrowsAnyAsync<CryptographicException>(() => ProveAsync(target, "123456"));
    }

    private Task<ProofResult> ProveAsync(SignedIn signedIn, string code) => given.Prove.RunAsync(signedIn, AccountsFixture.Here, code, default);

    private async Task<(SignedIn SignedIn, string Secret, IReadOnlyList<string> Codes)> EnabledAsync(string name)
    {
        var user = await given.UserAsync(name, Role.Manager);
        var signedIn = (await given.FindAsync(await given.SessionAsync(user)))!;
        var offer = await given.SecondFactor.OfferAsync(user, default);
        var codes = await given.SecondFactor.ConfirmAsync(signedIn, Totp.CodeAt(offer.Secret, Totp.StepAt(given.Time.GetUtcNow())), default);
        var enabled = (await new UserQueries(given.Db).FindByNameAsync(name, default))!.User;
        return (signedIn with { User = enabled }, offer.Secret, codes);
    }
}
