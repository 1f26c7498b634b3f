using Callback.Database.PersonalData;
using Callback.Tests.Support;
using Callback.Web.Demo;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Callback.Web.Tests.Releases;

/// <summary>A call was spent without a known ring: a scheduler asks for a release, a manager approves it, and the order is on a desk again.</summary>
public sealed class ReleaseStoryTests(TestDatabase database) : DemoStory(database), IClassFixture<TestDatabase>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 20_000 };

    private static readonly LocatorAssertionsToContainTextOptions PatientText = new() { Timeout = 20_000 };

    [Fact]
    public async Task One_asks_another_approves_and_the_order_comes_to_a_desk_again()
    {
        var (attempt, order) = await SpentAsync();
        var scheduler = await PageAsync(Role.Scheduler, "en");
        await scheduler.GotoAsync("/releases");
        await Looks.AtAsync(scheduler, "releases-en", "dark");
        await scheduler.ClickAsync($"a[href*='/releases/{attempt}']");
        await scheduler.FillAsync("textarea[name=reason]", "The node was killed before it dialed.");
        await scheduler.ClickAsync($"form[action*='/releases/{attempt}/request'] button");
        await Expect(scheduler.Locator("main")).ToContainTextAsync("1 of 3 fresh lists empty", PatientText);
        Assert.Equal(0, await scheduler.Locator("form[action$='/approve']").CountAsync());

        var manager = await PageAsync(Role.Manager);
        await manager.GotoAsync($"/log/{attempt}");
        await manager.ClickAsync($"a[href*='/releases/{attempt}']");
        Assert.Equal(0, await manager.Locator("form[action$='/approve']").CountAsync());
        await PassAsync("release-lists", TimeSpan.FromMinutes(2));
        await PassAsync("release-lists", TimeSpan.FromMinutes(4));
        await manager.ReloadAsync();
        await Looks.AtAsync(manager, "release-zh-CN", "light");
        await manager.ClickAsync("details:has(form[action$='/approve']) summary");
        await manager.ClickAsync("form[action$='/approve'] button.btn-primary");
        await Expect(manager.Locator("#flash .notice")).ToBeVisibleAsync(Patient);
        await Expect(manager.Locator("main")).ToContainTextAsync("已批准", PatientText);
        await scheduler.ReloadAsync();
        await Looks.AtAsync(scheduler, "release-approved-en", "dark");

        await PassAsync("due-grants", TimeSpan.Zero);
        var agent = await PageAsync(Role.Agent);
        await agent.GotoAsync("/desk");
        await agent.Keyboard.PressAsync("g");
        await Expect(agent.Locator(".desk-card.is-held")).ToContainTextAsync(order, PatientText);
        Assert.Equal("Released", await OneAsync<string>("select kind from queued_calls where hold_id is not null"));
    }

    [Fact]
    public async Task Who_asked_sees_no_approval_and_a_form_of_it_is_refused()
    {
        var (attempt, _) = await SpentAsync();
        using var client = await App.ClientAs(Role.Manager, DemoShop.Shop);
        await client.PostFormAsync($"/releases/{attempt}/request", $"/releases/{attempt}", [new("reason", "not rung")]);
        await PassAsync("release-lists", TimeSpan.FromMinutes(2));
        await PassAsync("release-lists", TimeSpan.FromMinutes(4));
        Assert.DoesNotContain("/approve", await client.GetStringAsync($"/releases/{attempt}"), StringComparison.Ordinal);
        var answer = await client.PostFormAsync($"/releases/{attempt}/approve", $"/releases/{attempt}");
        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Equal(0, await OneAsync<int>("select count(*)::integer from call_grants where approved_by is not null and kind = 'Released' and parent_attempt_id = '" + attempt + "'"));
    }

    /// <summary>The head of the queue, as if its call had been made twenty minutes ago and never been found.</summary>
    private async Task<(Guid Attempt, string Order)> SpentAsync()
    {
        foreach (var pass in App.Services.GetServices<IPass>().Where(pass => pass.Name == "plan"))
            await pass.RunOnceAsync(Time.GetUtcNow(), default);
        var (order, campaign, purpose, zone) = await OneAsync<(string, Guid, string, string)>(
            """
            select o.order_no, q.campaign_id, q.purpose, q.zone_key
            from queued_calls q
            join queued_call_orders o on o.shop_id = q.shop_id and o.queued_call_id = q.queued_call_id
            where q.hold_id is null and (select count(*) from queued_call_orders x where x.shop_id = q.shop_id and x.queued_call_id = q.queued_call_id) = 1
            order by q.priority desc, o.order_no
            limit 1
            """);
        var vault = App.Services.GetRequiredService<PersonalDataVault>();
        var cipher = await OneAsync<byte[]>($"select phone_cipher from orders where order_no = '{order}'");
        var (id, agent) = (Ids.New(Time.GetUtcNow()), await App.UserAsync(Role.Agent, DemoShop.Shop));
        await ExecuteAsync(
            """
            delete from queued_calls q using queued_call_orders o where o.shop_id = q.shop_id and o.queued_call_id = q.queued_call_id and o.order_no = @order;
            insert into attempts
                (shop_id, attempt_id, campaign_id, purpose, kind, agent_id, hold_id, fence, line, phone_hash, phone_cipher, phone_last4, zone_key, gated_at, window_closes_at, gate_facts,
                call_script, script_version, state)
            select @Shop, @id, @campaign, @purpose, 'First', @UserId, @id, 1, 'manual', o.phone_hash, @phone, o.phone_last4, @zone, @at, @at, '{}', 'x', 1, 'Dialing'
            from orders o
            where o.shop_id = @Shop and o.order_no = @order;
            insert into attempt_rights values (@Shop, @purpose, @order, 0, @id);
            update attempts set state = 'Unknown' where attempt_id = @id;
            update attempts set state = 'Spent', settled_at = @at, empty_lists = 3 where attempt_id = @id
            """,
            new
            {
                order,
                DemoShop.Shop,
                id,
                campaign,
                purpose,
                agent.UserId,
                zone,
                at = Time.GetUtcNow().AddMinutes(-20),
                phone = vault.Encrypt(DataPlace.AttemptPhone(DemoShop.Shop, id), vault.Decrypt(DataPlace.OrderPhone(DemoShop.Shop, order), cipher)),
            });
        return (id, order);
    }

    private async Task PassAsync(string name, TimeSpan later) =>
        await App.Services.GetServices<IPass>().Single(pass => pass.Name == name).RunOnceAsync(Time.GetUtcNow() + later, default);
}
