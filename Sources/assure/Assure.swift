import ArgumentParser

@main
struct Assure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "assure")
}
