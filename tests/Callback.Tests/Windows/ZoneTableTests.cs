using Callback.Windows;

namespace Callback.Tests.Windows;

public sealed class ZoneTableTests
{
    [Theory]
    [InlineData("浙江省")]
    [InlineData("浙江")]
    [InlineData(" Zhejiang ")]
    [InlineData("ZHEJIANG SHENG")]
    [InlineData("Zhejiang Province")]
    [InlineData("内蒙古自治区")]
    [InlineData("广西壮族自治区")]
    [InlineData("宁夏回族自治区")]
    [InlineData("西藏自治区")]
    [InlineData("北京市")]
    [InlineData("Shanghai Municipality")]
    public void A_Chinese_province_keeps_the_time_of_Shanghai_however_it_is_written(string region)
    {
        Assert.Equal(new ZoneKey("Asia/Shanghai"), Resolve(country: "CN", region: region));
        Assert.Equal(new ZoneKey("Asia/Shanghai"), Resolve(region: region, shopZone: "Europe/London"));
    }

    [Theory]
    [InlineData("新疆")]
    [InlineData("新疆维吾尔自治区")]
    [InlineData("Xinjiang")]
    public void In_Xinjiang_a_call_has_to_suit_both_clocks(string region) =>
        Assert.Equal(new ZoneKey("Asia/Shanghai|Asia/Urumqi"), Resolve(country: "CN", region: region, phone: "CN"));

    [Theory]
    [InlineData("香港特别行政区", "Asia/Hong_Kong")]
    [InlineData("澳門", "Asia/Macau")]
    [InlineData("台湾省", "Asia/Taipei")]
    public void Hong_Kong_Macao_and_Taiwan_have_zones_of_their_own(string region, string zone) =>
        Assert.Equal(new ZoneKey(zone), Resolve(country: "CN", region: region));

    [Fact]
    public void A_Chinese_mobile_number_without_an_address_is_in_the_time_of_Shanghai() =>
        Assert.Equal(new ZoneKey("Asia/Shanghai"), Resolve(phone: "CN", shopZone: "Europe/London"));

    [Theory]
    [InlineData("NY", null, "America/New_York")]
    [InlineData("California", null, "America/Los_Angeles")]
    [InlineData("FL", null, "America/Chicago|America/New_York")]
    [InlineData("FL", "32501", "America/Chicago")] // Pensacola
    [InlineData("FL", "33101-1234", "America/New_York")] // Miami
    [InlineData("FL", "32401", "America/Chicago|America/New_York")]
    [InlineData("Texas", "79901", "America/Denver")] // El Paso
    [InlineData("TX", "75201", "America/Chicago")] // Dallas
    [InlineData("TN", "37902", "America/New_York")] // Knoxville
    [InlineData("ID", "83814", "America/Los_Angeles")] // Coeur d'Alene
    [InlineData("AZ", "85001", "America/Phoenix")]
    [InlineData("HI", null, "Pacific/Honolulu")]
    public void A_split_state_is_told_apart_by_its_ZIP_code_where_that_is_certain(string state, string? zip, string zones) =>
        Assert.Equal(new ZoneKey(zones), Resolve(country: "US", region: state, postcode: zip));

    [Theory]
    [InlineData("GB", "Europe/London")]
    [InlineData("FR", "Europe/Paris")]
    [InlineData("DE", "Europe/Berlin")]
    [InlineData("JP", "Asia/Tokyo")]
    [InlineData("KR", "Asia/Seoul")]
    [InlineData("SG", "Asia/Singapore")]
    [InlineData("IN", "Asia/Kolkata")]
    [InlineData("de", "Europe/Berlin")]
    [InlineData("中国", "Asia/Shanghai")]
    public void A_country_of_one_time_needs_no_region(string country, string zone) =>
        Assert.Equal(new ZoneKey(zone), Resolve(country: country));

    [Fact]
    public void The_orders_own_zone_goes_before_its_address() =>
        Assert.Equal(new ZoneKey("America/Denver"), Resolve(orderZone: "America/Denver", country: "US", region: "NY"));

    [Fact]
    public void Address_and_number_in_different_zones_both_count() =>
        Assert.Equal(new ZoneKey("America/Los_Angeles|America/New_York"), Resolve(country: "US", region: "NY", phone: "US-415"));

    [Fact]
    public void Postcode_and_state_that_contradict_each_other_both_count() =>
        Assert.Equal(new ZoneKey("America/Denver|America/New_York"), Resolve(country: "US", region: "NY", postcode: "79901"));

    [Theory]
    [InlineData("US")] // the country alone
    [InlineData("US-212")]
    [InlineData("US-313")] // Detroit shows New York's time
    public void A_number_that_agrees_with_the_address_adds_nothing(string phone) =>
        Assert.Equal(new ZoneKey("America/New_York"), Resolve(country: "US", region: "NY", phone: phone));

    [Fact]
    public void A_number_of_another_country_adds_its_zone() =>
        Assert.Equal(new ZoneKey("Asia/Shanghai|Europe/London"), Resolve(country: "GB", phone: "CN"));

    [Fact]
    public void A_number_that_tells_only_a_large_country_has_to_suit_all_of_it() =>
        Assert.Equal(8, Resolve(phone: "US")!.Value.Ids.Count);

    [Fact]
    public void A_region_name_that_two_countries_use_counts_as_both() =>
        Assert.Equal(new ZoneKey("America/Los_Angeles|Australia/Eucla|Australia/Perth"), Resolve(region: "WA"));

    [Theory]
    [InlineData(null, "XX", null)]
    [InlineData(null, null, "ZZ")]
    [InlineData(null, "CN", "ZZ")]
    [InlineData("Mars/Olympus", "CN", null)]
    [InlineData("China Standard Time", null, null)]
    public void What_is_said_but_cannot_be_placed_is_unknown_and_never_the_shops_zone(string? orderZone, string? country, string? phone) =>
        Assert.Null(Resolve(orderZone: orderZone, country: country, phone: phone));

    [Fact]
    public void The_shops_zone_is_assumed_only_where_nothing_else_speaks()
    {
        Assert.Equal(new ZoneKey("Europe/London"), Resolve(shopZone: "Europe/London"));
        Assert.Null(Shipped.Zones.Resolve(new(null, null, null, null, null, "Europe/London", AssumeShopZone: false)));
    }

    private static ZoneKey? Resolve(
        string? orderZone = null, string? country = null, string? region = null, string? postcode = null, string? phone = null, string shopZone = "Asia/Shanghai") =>
        Shipped.Zones.Resolve(new(orderZone, country, region, postcode, phone, shopZone));
}
